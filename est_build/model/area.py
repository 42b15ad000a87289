"""Areas as the public side knows them (the values are made when files are loaded)."""

from est_build.load.area import Area, Background, Point, Polygon, Ring, Water

__all__ = ["Area", "Background", "Point", "Polygon", "Ring", "Water"]
