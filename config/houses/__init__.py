"""Read a folder of councils: which timelines lie in it, and what each council settles for itself."""
