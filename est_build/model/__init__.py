"""PUBLIC side: frozen values built from protected files only. Nothing here can see an answer."""
