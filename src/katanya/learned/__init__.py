"""Small networks that read what rules cannot tell, run with numpy alone."""
