"""What others read: OMX, long Parquet, GMNS, GeoParquet, GeoJSON, JSON."""
