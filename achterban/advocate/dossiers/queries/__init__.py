"""What pages and other rooms may ask about dossiers."""
