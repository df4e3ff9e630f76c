"""Why a file is not taken in."""


class Refused(Exception):
    """The message is the end of a sentence for the user, which begins with the name of the file: `Foto.jpg is leeg.`"""
