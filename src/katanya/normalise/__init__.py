"""What words mean: times, figures and places read from any text, with their hedges.

    >>> from katanya.normalise import values
    >>> values("Gempa itu menewaskan lebih dari 20 orang pada Selasa (5/5/2020).").times[0].value
    '2020-05-05'
"""

from katanya.normalise.values import Normaliser, values

__all__ = ["Normaliser", "values"]
