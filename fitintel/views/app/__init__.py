"""What the athlete's app shows: each screen as frozen records and words, drawn by `streamlit_app/`."""
