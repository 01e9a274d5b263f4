-- Chunks of history that are counted under a reference. Columns: chunk_from (milliseconds), rows.
SELECT toUnixTimestamp64Milli(chunk_from) AS chunk_from, rows FROM refold_chunks FINAL WHERE reference_id = {reference:String} LIMIT 1000000
