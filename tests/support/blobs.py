"""What the browser makes of the bytes that it is sent."""

from hwmodel.views.packing import unpack

__all__ = ["unpack"]
