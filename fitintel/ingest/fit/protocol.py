"""The parts of the FIT protocol and its public profile that a workout needs, as plain tables.

Numbers, scales and offsets are from Garmin's published FIT protocol description and profile: a stored value is
`raw / scale - offset` in the profile's unit; our readers turn that into SI.
"""

from __future__ import annotations

from typing import NamedTuple

EPOCH = 631_065_600
"""s. FIT counts seconds since 1989-12-31T00:00:00Z."""
SYSTEM_TIME = 0x1000_0000
"""A date below this is seconds since the device was switched on: it had no clock."""
TIMESTAMP = 253


class Field(NamedTuple):
    """Where a figure stands in a message and how it is scaled."""

    number: int
    scale: float = 1.0
    offset: float = 0.0


class Base(NamedTuple):
    """A base type: NumPy code, bytes, and the value that means 'not measured'."""

    code: str
    size: int
    invalid: float | None


BASES: dict[int, Base] = {
    0: Base("u1", 1, 0xFF), 1: Base("i1", 1, 0x7F), 2: Base("u1", 1, 0xFF), 3: Base("i2", 2, 0x7FFF),
    4: Base("u2", 2, 0xFFFF), 5: Base("i4", 4, 0x7FFF_FFFF), 6: Base("u4", 4, 0xFFFF_FFFF), 8: Base("f4", 4, None),
    9: Base("f8", 8, None), 10: Base("u1", 1, 0), 11: Base("u2", 2, 0), 12: Base("u4", 4, 0), 13: Base("u1", 1, 0xFF),
    14: Base("i8", 8, 0x7FFF_FFFF_FFFF_FFFF), 15: Base("u8", 8, 0xFFFF_FFFF_FFFF_FFFF), 16: Base("u8", 8, 0),
}  # fmt: skip
"""Base type number (low five bits) -> base type. Floats have NaN for invalid."""
STRING, BYTE = 7, 13

# message numbers
FILE_ID, SPORT, SESSION, LAP, RECORD, EVENT, DEVICE_INFO = 0, 12, 18, 19, 20, 21, 23
ACTIVITY, HRV, LENGTH, HR, FIELD_DESCRIPTION = 34, 78, 101, 132, 206
WANTED = frozenset(
    {FILE_ID, SPORT, SESSION, LAP, RECORD, EVENT, DEVICE_INFO, ACTIVITY, HRV, LENGTH, HR, FIELD_DESCRIPTION}
)
"""All other messages are stepped over."""

FILE_KINDS: dict[int, str] = {
    1: "device", 2: "settings", 3: "sport", 4: "activity", 5: "workout", 6: "course", 7: "schedules", 9: "weight",
    10: "totals", 11: "goals", 14: "blood_pressure", 15: "monitoring", 20: "activity_summary", 28: "monitoring",
    32: "monitoring", 34: "segment", 35: "segment_list", 40: "exd_configuration",
}  # fmt: skip
"""file_id.type. The three kinds of monitoring file are one to us."""

CHANNELS: dict[str, tuple[Field, ...]] = {
    "lat": (Field(0, 2**31 / 180),),
    "lon": (Field(1, 2**31 / 180),),
    "elevation": (Field(78, 5, 500), Field(2, 5, 500)),
    "distance": (Field(5, 100),),
    "speed": (Field(73, 1000), Field(6, 1000)),
    "hr": (Field(3),),
    "cadence": (Field(4),),
    "power": (Field(7),),
    "temperature": (Field(13),),
    "vertical_oscillation": (Field(39, 10_000),),
    "ground_contact": (Field(41, 10_000),),
    "respiration": (Field(108, 100), Field(99)),
}
"""record: our channel -> fields, the preferred one first (the enhanced form has the greater range)."""
CADENCE_FRACTION = Field(53, 128)
COMPRESSED_SPEED_DISTANCE = 8

_JOULE = 1 / 4184.0
SESSION_SUMMARY: dict[str, tuple[Field, ...]] = {
    "duration": (Field(8, 1000),), "elapsed": (Field(7, 1000),), "distance": (Field(9, 100),),
    "hr_mean": (Field(16),), "hr_max": (Field(17),), "speed_mean": (Field(124, 1000), Field(14, 1000)),
    "speed_max": (Field(125, 1000), Field(15, 1000)), "cadence": (Field(18),), "power_mean": (Field(20),),
    "power_max": (Field(21),), "weighted_power": (Field(34),), "stress_score": (Field(35, 10),),
    "threshold_power": (Field(45),), "elevation_gain": (Field(22),), "elevation_loss": (Field(23),),
    "energy": (Field(11, _JOULE),), "laps": (Field(26),), "lengths": (Field(47), Field(33)),
    "pool_length": (Field(44, 100),),
}  # fmt: skip
"""session: key of core.recording.SUMMARY -> fields, the preferred one first."""
LAP_SUMMARY: dict[str, tuple[Field, ...]] = {
    "duration": (Field(8, 1000),), "elapsed": (Field(7, 1000),), "distance": (Field(9, 100),),
    "hr_mean": (Field(15),), "hr_max": (Field(16),), "speed_mean": (Field(110, 1000), Field(13, 1000)),
    "speed_max": (Field(111, 1000), Field(14, 1000)), "cadence": (Field(17),), "power_mean": (Field(19),),
    "power_max": (Field(20),), "weighted_power": (Field(33),), "elevation_gain": (Field(21),),
    "elevation_loss": (Field(22),), "energy": (Field(11, _JOULE),), "lengths": (Field(40), Field(32)),
}  # fmt: skip
SESSION_CADENCE_FRACTION, LAP_CADENCE_FRACTION = Field(92, 128), Field(80, 128)
START_TIME, TOTAL_CYCLES = 2, 10

TIMER_EVENT = 0
TIMER_START = (0,)
TIMER_STOP = (1, 4, 8, 9)
"""event_type: start; stop, stop_all, stop_disable, stop_disable_all."""
AUTO_MULTI_SPORT_SESSION, AUTO_MULTI_SPORT_ACTIVITY = 2, 1

SPORT_NAMES: dict[int, str] = {
    0: "generic", 1: "running", 2: "cycling", 3: "transition", 4: "fitness_equipment", 5: "swimming", 6: "basketball",
    7: "soccer", 8: "tennis", 9: "american_football", 10: "training", 11: "walking", 12: "cross_country_skiing",
    13: "alpine_skiing", 14: "snowboarding", 15: "rowing", 16: "mountaineering", 17: "hiking", 18: "multisport",
    19: "paddling", 20: "flying", 21: "e_biking", 22: "motorcycling", 23: "boating", 24: "driving", 25: "golf",
    26: "hang_gliding", 27: "horseback_riding", 28: "hunting", 29: "fishing", 30: "inline_skating",
    31: "rock_climbing", 32: "sailing", 33: "ice_skating", 34: "sky_diving", 35: "snowshoeing", 36: "snowmobiling",
    37: "stand_up_paddleboarding", 38: "surfing", 39: "wakeboarding", 40: "water_skiing", 41: "kayaking",
    42: "rafting", 43: "windsurfing", 44: "kitesurfing", 45: "tactical", 46: "jumpmaster", 47: "boxing",
    48: "floor_climbing", 49: "baseball", 53: "diving", 62: "hiit", 64: "racket", 65: "wheelchair_push_walk",
    66: "wheelchair_push_run", 67: "meditation", 69: "disc_golf", 71: "cricket", 72: "rugby", 73: "hockey",
    74: "lacrosse", 75: "volleyball", 76: "water_tubing", 77: "wakesurfing", 80: "mixed_martial_arts",
    82: "snorkeling", 83: "dance", 84: "jump_rope", 254: "all",
}  # fmt: skip
SUB_SPORT_NAMES: dict[int, str] = {
    1: "treadmill", 2: "street", 3: "trail", 4: "track", 5: "spin", 6: "indoor_cycling", 7: "road", 8: "mountain",
    9: "downhill", 10: "recumbent", 11: "cyclocross", 12: "hand_cycling", 13: "track_cycling", 14: "indoor_rowing",
    15: "elliptical", 16: "stair_climbing", 17: "lap_swimming", 18: "open_water", 19: "flexibility_training",
    20: "strength_training", 26: "cardio_training", 27: "indoor_walking", 28: "e_bike_fitness", 29: "bmx",
    30: "casual_walking", 31: "speed_walking", 32: "bike_to_run_transition", 33: "run_to_bike_transition",
    34: "swim_to_bike_transition", 37: "backcountry", 38: "resort", 42: "skate_skiing", 43: "yoga", 44: "pilates",
    45: "indoor_running", 46: "gravel_cycling", 47: "e_bike_mountain", 48: "commuting", 49: "mixed_surface",
    58: "virtual_activity", 59: "obstacle", 62: "breathing", 67: "ultra", 68: "indoor_climbing", 69: "bouldering",
    70: "hiit",
}  # fmt: skip
SPORTS: dict[int, str] = {
    1: "running", 2: "cycling", 5: "swimming", 11: "walking", 12: "skiing", 13: "skiing", 15: "rowing",
    16: "hiking", 17: "hiking", 18: "multisport", 21: "cycling", 35: "hiking",
}  # fmt: skip
"""sport -> our sport; what is missing is decided by the sub-sport, else `other`."""
SUB_SPORTS: dict[int, str] = {
    1: "running", 3: "running", 5: "cycling", 6: "cycling", 7: "cycling", 8: "cycling", 14: "rowing", 15: "machine",
    16: "machine", 17: "swimming", 18: "swimming", 19: "mobility", 20: "strength", 27: "walking", 30: "walking",
    31: "walking", 43: "mobility", 44: "mobility", 45: "running", 46: "cycling", 47: "cycling",
}  # fmt: skip

MAKERS: dict[int, str] = {
    1: "Garmin", 3: "Zephyr", 6: "SRM", 7: "Quarq", 8: "iBike", 9: "Saris", 13: "Dynastream OEM", 15: "Dynastream",
    16: "Timex", 23: "Suunto", 28: "Peaksware", 32: "Wahoo Fitness", 38: "O-synce", 40: "Concept2", 41: "Shimano",
    48: "Pioneer", 51: "4iiii", 52: "Seiko Epson", 60: "Rotor", 63: "Specialized", 67: "Bkool", 68: "CatEye",
    69: "Stages Cycling", 70: "Sigma Sport", 71: "TomTom", 73: "Wattbike", 76: "Moxy", 81: "Bontrager", 86: "Elite",
    87: "Nielsen-Kellerman", 89: "Tacx", 95: "Stryd", 96: "ICG", 107: "Magene", 111: "Technogym", 115: "iGPSPORT",
    118: "WaterRower", 123: "Polar Electro", 127: "Leomo", 142: "TAG Heuer", 150: "Myzone", 255: "development",
    258: "Lezyne", 260: "Zwift", 263: "Favero Electronics", 265: "Strava", 267: "Bryton", 268: "SRAM",
    281: "TrainerRoad", 282: "The Sufferfest", 289: "Hammerhead", 294: "Coros", 297: "Cycligent", 305: "WHOOP",
    309: "Form", 310: "Decathlon", 326: "Nike", 331: "MyWhoosh",
}  # fmt: skip
