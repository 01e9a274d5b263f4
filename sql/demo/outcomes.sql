-- Joins predictions of a model with their feedback, each with one statement of truth: what the service does when
-- feedback arrives, for history that was never received.
-- Parameters: model, task, positive, negative, threshold, classes.
INSERT INTO outcomes
    (model_id, prediction_id, occurred_at, model_version, score, predicted, predicted_value, actual, actual_value,
     score_of_actual, is_revision, segments, groups, batch_id, sign)
SELECT
    p.model_id, p.prediction_id, p.occurred_at, p.model_version, p.score,
    multiIf(p.label IS NOT NULL, p.label,
            {task:String} != 'binary' OR isNaN(p.score), '',
            p.score >= {threshold:Float64}, {positive:String}, {negative:String}) AS predicted,
    p.value,
    if({task:String} = 'regression', '', ifNull(f.label, '')) AS actual,
    if({task:String} = 'regression', f.value, nan) AS actual_value,
    if(empty(p.scores) OR indexOf({classes:Array(String)}, actual) = 0, nan,
       p.scores[indexOf({classes:Array(String)}, actual)] / arraySum(x -> if(isNaN(x), 0, x), p.scores)) AS score_of_actual,
    0, p.segments, p.groups, f.batch_id, 1
FROM predictions AS p
INNER JOIN (SELECT prediction_id, label, value, batch_id FROM feedback WHERE model_id = {model:String}) AS f
    ON f.prediction_id = p.prediction_id
WHERE p.model_id = {model:String}
SETTINGS optimize_on_insert = 0, insert_deduplicate = 0, max_partitions_per_insert_block = 5000,
    max_block_size = 16384, merge_tree_min_rows_for_concurrent_read = 16384, merge_tree_min_bytes_for_concurrent_read = 1,
    max_insert_threads = 2, parallel_view_processing = 1
