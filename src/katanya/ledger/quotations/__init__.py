"""The same quotation in several articles: its versions, who had it first, and how its words changed."""
