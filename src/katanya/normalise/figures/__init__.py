"""Figures: amounts with their bounds, units, hedges and what is counted."""
