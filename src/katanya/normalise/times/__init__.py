"""Times: dates, clock times, durations and sets, as TIMEX3 values and ISO intervals."""
