"""What people and programs call the columns of a workout table: English, German, French and Spanish, with units."""

from __future__ import annotations

import re
import unicodedata

COLUMN_WORDS: dict[str, tuple[str, ...]] = {
    # the first names are taken first when a table has several of them
    "date": ("workout date", "activity date", "start date", "date", "day", "start", "datetime", "timestamp",
             "datum", "startdatum", "aktivitatsdatum", "tag", "date de l activite", "date de debut", "jour", "fecha",
             "fecha de la actividad", "fecha de inicio", "dia"),
    "time": ("start time", "startzeit", "uhrzeit", "heure", "heure de debut", "hora", "hora de inicio", "time of day"),
    "sport": ("sport", "activity type", "workout type", "type", "activity", "discipline", "exercise", "sportart",
              "aktivitatsart", "aktivitatstyp", "art", "type d activite", "discipline sportive", "deporte",
              "tipo de actividad", "tipo", "actividad"),
    "duration": ("duration", "workout time", "activity time", "moving time", "time", "total time", "elapsed time",
                 "work time", "dauer", "bewegungszeit", "zeit", "verstrichene zeit", "gesamtzeit", "duree", "temps",
                 "temps de deplacement", "duracion", "tiempo", "tiempo en movimiento"),
    "distance": ("distance", "dist", "total distance", "work distance", "length", "distanz", "strecke", "entfernung",
                 "distancia", "distance parcourue"),
    "speed_max": ("max speed", "maximum speed", "top speed", "hochstgeschw", "hochstgeschwindigkeit",
                  "maximale geschwindigkeit", "max geschwindigkeit", "vitesse max", "vitesse maximale",
                  "velocidad maxima"),
    "elevation_gain": ("elevation gain", "elev gain", "total ascent", "ascent", "climb", "total climb", "hohenzunahme",
                       "hohenmeter", "aufstieg", "positiver hohenunterschied", "denivele", "denivele positif",
                       "desnivel", "desnivel positivo", "ascenso", "ascenso total"),
    "hr_mean": ("avg heart rate", "average heart rate", "mean heart rate", "avg hr", "average hr", "mean hr", "hr avg",
                "hr mean", "heart rate", "heartrate", "hr", "pulse", "avg hf", "herzfrequenz", "puls",
                "durchschnittliche herzfrequenz", "avg puls", "fc moyenne", "frequence cardiaque moyenne",
                "frequence cardiaque", "fc media", "frecuencia cardiaca media", "frecuencia cardiaca"),
    "hr_max": ("max heart rate", "maximum heart rate", "max hr", "hr max", "max hf", "max herzfrequenz",
               "maximale herzfrequenz", "fc max", "frequence cardiaque maximale", "frecuencia cardiaca maxima"),
    "cadence": ("avg cadence", "average cadence", "cadence", "avg run cadence", "avg bike cadence",
                "stroke rate", "avg stroke rate", "schrittfrequenz", "trittfrequenz", "kadenz",
                "durchschnittliche trittfrequenz", "avg schrittfrequenz", "cadence moyenne", "cadencia",
                "cadencia media"),
    "steps": ("steps", "step count", "total steps", "schritte", "pas", "pasos"),
    "energy": ("calories", "calories burned", "total cal", "total calories", "active calories", "energy", "kalorien",
               "energie", "calorias"),
    "rpe": ("rpe", "session rpe", "srpe", "perceived exertion", "gefuhlte anstrengung", "anstrengung",
            "effort percu", "esfuerzo percibido"),
    "notes": ("notes", "note", "comments", "comment", "description", "activity description", "notizen", "notiz",
              "bemerkung", "bemerkungen", "kommentar", "commentaire", "commentaires", "remarques", "notas",
              "comentario", "comentarios"),
    "source_id": ("activity id", "workout id", "log id", "external id", "link", "url", "uuid", "guid",
                  "aktivitats id", "id de l activite", "id de actividad", "id"),
}  # fmt: skip
"""our column -> normalised names, the preferred first."""

OWNER_WORDS = frozenset({"athlete", "athlete id", "user", "user id", "username", "role", "owner", "email", "e mail"})
"""Names of columns that claim whose workouts these are; never followed."""

UNIT_WORDS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("km", "kms", "kilometer", "kilometers", "kilometre", "kilometres", "kilometros"),
                    ("distance", "km")),
    **dict.fromkeys(("mi", "mile", "miles", "meilen", "milles", "millas"), ("distance", "mi")),
    **dict.fromkeys(("metre", "metres", "meter", "meters", "metros"), ("distance", "m")),
    **dict.fromkeys(("yd", "yds", "yard", "yards"), ("distance", "yd")),
    **dict.fromkeys(("ft", "feet"), ("elevation", "ft")),
    "m": ("distance", "m"),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "sekunden", "sek", "secondes", "segundos"),
                    ("duration", "s")),
    **dict.fromkeys(("min", "mins", "minute", "minutes", "minuten", "minutos"), ("duration", "min")),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "std", "stunden", "heures", "horas"), ("duration", "h")),
    "ms": ("duration", "ms"),
    **dict.fromkeys(("h:mm:ss", "hh:mm:ss", "h:m:s", "hms", "h:mm:ss.s"), ("duration", "h:mm:ss")),
    **dict.fromkeys(("mm:ss", "m:ss", "min:s", "min:sec"), ("duration", "mm:ss")),
    **dict.fromkeys(("h:mm", "hh:mm", "h:min"), ("duration", "h:mm")),
    **dict.fromkeys(("m/s", "mps"), ("speed", "m/s")),
    **dict.fromkeys(("km/h", "kmh", "kph"), ("speed", "km/h")),
    **dict.fromkeys(("mi/h", "mph"), ("speed", "mi/h")),
    **dict.fromkeys(("kcal", "calories", "kalorien", "calorias"), ("energy", "kcal")),
    "cal": ("energy", "kcal"), "kj": ("energy", "kJ"), "j": ("energy", "J"),
    **dict.fromkeys(("bpm", "1/min", "beats/min"), ("heart rate", "bpm")),
    **dict.fromkeys(("spm", "steps/min"), ("cadence", "spm")),
    "rpm": ("cadence", "rpm"),
}  # fmt: skip
"""words for units, lower case -> (quantity, unit of core/units.py or a clock). Dietary calories are kilocalories."""


def plainly(text: str) -> str:
    """A name in lower case without accents or signs, for comparing.

    >>> plainly("Ø Herzfrequenz"), plainly("Durée_totale")
    ('avg herzfrequenz', 'duree totale')
    """
    text = text.lower().replace("ø", "avg").replace("ß", "ss")
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())


def split_unit(header: str) -> tuple[str, str]:
    """(name, unit word) of a column header; the unit word is '' where none is written.

    >>> split_unit("Distance (mi)"), split_unit("distance_km"), split_unit("Dauer [min]"), split_unit("km")
    (('distance', 'mi'), ('distance', 'km'), ('dauer', 'min'), ('', 'km'))
    """
    text = header.strip()
    if text.endswith((")", "]")):
        # by hand: a regular expression for it takes hours for a header of many brackets
        closed = max(text.rfind(")", 0, -1), text.rfind("]", 0, -1))
        opened = [place for mark in "([" if (place := text.find(mark, closed + 1)) >= 0]
        if opened:
            unit = text[min(opened) + 1 : -1].strip().lower()
            return plainly(text[: min(opened)]), unit if unit in UNIT_WORDS else ""
    parts = [part for part in re.split(r"[\s_,]+|\bin\b", header.strip().lower()) if part]
    if parts and parts[-1] in UNIT_WORDS and plainly(header) not in _NAMES:
        return plainly(" ".join(parts[:-1])), parts[-1]
    return plainly(header), ""


_NAMES = {name for names in COLUMN_WORDS.values() for name in names}


def all_names() -> tuple[str, ...]:
    """Every known column name, sorted."""
    return tuple(sorted(_NAMES))
