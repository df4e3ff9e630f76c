"""Pictures: read whole and written anew, so that nothing but the picture stays: no place, no camera, no page or program
hidden behind it."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from thuiszitters.core.files.refused import Refused

MOST_PIXELS = 50_000_000
LARGEST_RESULT = 24 * 1024 * 1024  # a little less than clamd takes when nobody changed its settings
QUALITY = 88
# The names that Pillow gives. Behind a JPEG many phones write a second picture (MPO); the first one is the photo.
FORMATS = {"jpg": ("JPEG",), "png": ("PNG",), "heic": ("HEIF",)}
NOT_IT = "is geen foto of is beschadigd. Open de foto en sla haar opnieuw op als JPEG."
TOO_LARGE = f"heeft meer dan {MOST_PIXELS // 1_000_000} miljoen beeldpunten. Maak de foto kleiner."

register_heif_opener(thumbnails=False)


def clean_picture(content: bytes, extension: str) -> bytes:
    """The picture itself: upright, a PNG as PNG and the rest as JPEG. Refused when it is something else, or too large;
    how large it is its first bytes say, before anything is unpacked."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _written(_read(content, extension), "PNG" if extension == "png" else "JPEG")
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as problem:
            raise Refused(TOO_LARGE) from problem
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as problem:
            raise Refused(NOT_IT) from problem


def _read(content: bytes, extension: str) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    picture = Image.open(io.BytesIO(content), formats=FORMATS[extension])
    if picture.width * picture.height > MOST_PIXELS:
        raise Refused(TOO_LARGE)
    if extension == "png" and getattr(picture, "n_frames", 1) > 1:
        raise Refused("beweegt. Bewaar één beeld ervan als foto.")
    picture.load()
    return ImageOps.exif_transpose(picture)


def _written(picture: Image.Image, kind: str) -> bytes:
    """Into a new picture, because what Pillow knows of the old one would be written along."""
    if kind == "PNG":
        mode = picture.mode if picture.mode in ("1", "L", "RGB") else "RGBA"
    else:
        mode = "L" if picture.mode in ("1", "L") else "RGB"
    bare = picture if picture.mode == mode else picture.convert(mode)
    bare.info = {}
    out = io.BytesIO()
    bare.save(out, kind, **({"quality": QUALITY, "optimize": True} if kind == "JPEG" else {}))
    if out.tell() > LARGEST_RESULT:
        raise Refused("is te groot. Sla de foto op als JPEG.")
    return out.getvalue()
