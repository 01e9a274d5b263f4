-- Predictions and outcomes over one window, per model and group: days, then hours and minutes at the edges.
-- Parameters: pairs (model_id, score_binning); segment, '' for everybody; group, '' for everybody, or all_groups = 1;
--   version, '' for all; half-open ranges, empty when from = to.
-- Columns: the key of a cell and its sums.
SELECT
    model_id, group_key, labelled, is_revision, score_bin, predicted, actual,
    sum(n) AS n,
    sum(score_sum) AS score_sum, sum(log_loss) AS log_loss, sum(log_loss_squares) AS log_loss_squares,
    sum(error) AS error, sum(error_squares) AS error_squares, sum(error_fourths) AS error_fourths,
    sum(absolute_error) AS absolute_error, sum(actual_sum) AS actual_sum, sum(actual_squares) AS actual_squares
FROM
(
    SELECT * FROM outcome_tallies_day
    WHERE (model_id, score_binning) IN {pairs:Array(Tuple(String, String))} AND segment = {segment:String}
      AND ({all_groups:UInt8} = 1 OR group_key = {group:String})
      AND ({version:String} = '' OR model_version = {version:String})
      AND minute >= {day_from:DateTime('UTC')} AND minute < {day_to:DateTime('UTC')}
    UNION ALL
    SELECT * FROM outcome_tallies_hour
    WHERE (model_id, score_binning) IN {pairs:Array(Tuple(String, String))} AND segment = {segment:String}
      AND ({all_groups:UInt8} = 1 OR group_key = {group:String})
      AND ({version:String} = '' OR model_version = {version:String})
      AND ((minute >= {hour_from_1:DateTime('UTC')} AND minute < {hour_to_1:DateTime('UTC')})
        OR (minute >= {hour_from_2:DateTime('UTC')} AND minute < {hour_to_2:DateTime('UTC')}))
    UNION ALL
    SELECT * FROM outcome_tallies
    WHERE (model_id, score_binning) IN {pairs:Array(Tuple(String, String))} AND segment = {segment:String}
      AND ({all_groups:UInt8} = 1 OR group_key = {group:String})
      AND ({version:String} = '' OR model_version = {version:String})
      AND ((minute >= {minute_from_1:DateTime('UTC')} AND minute < {minute_to_1:DateTime('UTC')})
        OR (minute >= {minute_from_2:DateTime('UTC')} AND minute < {minute_to_2:DateTime('UTC')}))
)
GROUP BY model_id, group_key, labelled, is_revision, score_bin, predicted, actual
LIMIT 1000000
