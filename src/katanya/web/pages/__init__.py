"""The pages of the reading room."""

from fastapi import APIRouter

router = APIRouter()
