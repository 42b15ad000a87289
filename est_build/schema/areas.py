"""``data/omraden.geojson``: polygons only, in WGS84, with at most five decimals."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from est_build.schema.base import Line, MunicipalityCode, Record, Slug


def _to_text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class AreaProperties(Record):
    """The properties of a feature. ``id`` of a municipality is its code in URLs (``ystad``)."""

    id: Slug
    namn: Line
    kommun: Annotated[MunicipalityCode, BeforeValidator(_to_text)]
    niva: Literal["kommun", "omrade"]
    foralder: Annotated[str, Field(max_length=80)] = ""
    folkmangd: Annotated[int, Field(ge=0)]


class Geometry(Record):
    """A polygon or several. A point is refused: it would point somebody out."""

    type: Literal["Polygon", "MultiPolygon"]
    coordinates: list[Any]


class Feature(Record):
    """One area."""

    type: Literal["Feature"]
    properties: AreaProperties
    geometry: Geometry
    id: str | int | None = None


class AreaCollection(Record):
    """The whole of ``omraden.geojson``."""

    type: Literal["FeatureCollection"]
    features: list[Feature]
    name: str | None = None
