-- Counts the outcomes of a model with their losses, in the minute of the prediction: the rows that foldOutcomes makes.
-- Parameters: model, task, positive, is_probability, center; segments and sensitive (names by position);
--   groupings: lists of positions, from 1, in sensitive.
INSERT INTO outcome_tallies_in
    (model_id, score_binning, segment, group_key, minute, model_version, labelled, is_revision, score_bin, predicted, actual,
     n, score_sum, log_loss, log_loss_squares, error, error_squares, error_fourths, absolute_error, actual_sum, actual_squares)
WITH
    x -> replaceAll(replaceAll(replaceAll(x, '%', '%25'), '=', '%3D'), '|', '%7C') AS escaped,
    (name, value) -> if(isNull(value), escaped(name), concat(escaped(name), '=', escaped(ifNull(value, '')))) AS part,
    arrayMap(name -> escaped(name), {segments:Array(String)}) AS segment_names
SELECT
    {model:String}, if({is_probability:UInt8} = 1, 'probability_200', 'unscored'), place.1, place.2,
    toStartOfMinute(occurred_at), model_version, 1, is_revision, score_bin, predicted, actual,
    sum(sign), sum(sign * if(isNaN(score), 0, score)), sum(sign * loss), sum(sign * loss * loss),
    sum(sign * err), sum(sign * err * err), sum(sign * pow(err * err, 2)), sum(sign * abs(err)),
    sum(sign * truth), sum(sign * truth * truth)
FROM
(
    SELECT
        occurred_at, model_version, is_revision, predicted, actual, sign, score,
        {task:String} = 'binary' AND {is_probability:UInt8} = 1 AND NOT isNaN(score) AS has_binary_loss,
        toFloat64(actual = {positive:String}) AS y,
        multiIf(has_binary_loss, if(y = 1, score, 1 - score),
                {task:String} = 'multiclass' AND NOT isNaN(score_of_actual), score_of_actual, 1) AS p,
        if(has_binary_loss OR ({task:String} = 'multiclass' AND NOT isNaN(score_of_actual)),
           -log(least(1 - pow(2, -52), greatest(pow(2, -52), p))), 0) AS loss,
        multiIf(has_binary_loss, score - y, {task:String} = 'regression', predicted_value - actual_value, 0) AS err,
        multiIf(has_binary_loss, y, {task:String} = 'regression', actual_value - {center:Float64}, 0) AS truth,
        toInt32(floor(greatest(0, least(1, score)) * 200)) AS near_bin,
        multiIf({is_probability:UInt8} = 0 OR isNaN(score), 65535,
                greatest(0, least(199, near_bin + if(score >= (near_bin + 1) / 200, 1, if(score < near_bin / 200, -1, 0))))) AS score_bin,
        arrayConcat(
            [('', '')],
            arrayMap(i -> (part({segments:Array(String)}[i], segments[i]), ''),
                     arrayFilter(i -> isNotNull(segments[i]), arrayEnumerate(segment_names))),
            arrayMap(grouping -> ('', arrayStringConcat(arrayMap(i -> part({sensitive:Array(String)}[i], groups[i]), grouping), '|')),
                     {groupings:Array(Array(UInt16))})
        ) AS places
    FROM outcomes
    WHERE model_id = {model:String}
)
ARRAY JOIN places AS place
GROUP BY place, toStartOfMinute(occurred_at), model_version, is_revision, score_bin, predicted, actual
SETTINGS optimize_on_insert = 0, insert_deduplicate = 0, max_partitions_per_insert_block = 5000,
    max_block_size = 16384, merge_tree_min_rows_for_concurrent_read = 16384, merge_tree_min_bytes_for_concurrent_read = 1,
    max_insert_threads = 2, parallel_view_processing = 1
