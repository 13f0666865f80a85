"""蓝天季报: offline quarterly reporting on a city's action plan."""

__version__ = "0.1.0"
