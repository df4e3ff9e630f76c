from django.shortcuts import render

from cases.parts.matrix import LEVELS, MATRIX, PARTS, Level, Part
from thuiszitters.core.pages.doors import signed_in
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import ROLES

SEES_CHILDREN = [role for role in ROLES if any(level > Level.NONE for level in MATRIX[role].values())]


@signed_in()
def matrix(request):
    """Who may see what: the table of the code, for everybody who works with it."""
    own = {m.role for m in access_of(request.user).memberships}
    roles = [
        {
            "label": role.label,
            "explanation": info.explanation,
            "purpose": info.purpose,
            "rights": sorted(right.value for right in info.rights),
            "own": role.value in own,
        }
        for role, info in ROLES.items()
    ]
    rows = [
        {
            "info": PARTS[part],
            "cells": [
                {"level": MATRIX[role][part], "words": LEVELS[MATRIX[role][part]], "role": role.label}
                for role in SEES_CHILDREN
            ],
        }
        for part in Part
    ]
    context = {"roles": roles, "rows": rows, "columns": [role.label for role in SEES_CHILDREN]}
    return render(request, "cases/parts/matrix.html", context)
