-- Which of these batches are stored and folded already?
-- Parameters: batches. Columns: batch_id.
SELECT DISTINCT batch_id FROM batches WHERE batch_id IN {batches:Array(String)} LIMIT 100000
