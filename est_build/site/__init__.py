"""The staging tree, the engine run, and the checks on the finished site."""
