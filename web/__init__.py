"""The web page's parts: texts, rendering, sources, sessions, guard; ``chat`` alone knows Gradio."""
