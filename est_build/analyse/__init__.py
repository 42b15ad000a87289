"""What the published values say: participation, the state of actions, the thread. Pure functions."""
