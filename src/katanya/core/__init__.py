"""What every other room needs: records, spans, outcomes, errors, settings; standard library only."""
