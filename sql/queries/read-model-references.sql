-- Binning sets by reference id. Columns: reference_id, body.
SELECT reference_id, body FROM model_references FINAL WHERE reference_id IN {ids:Array(String)} LIMIT 10000
