import type { FeedbackWriter } from '../validate/feedback-writer.ts';
import type { PredictionWriter } from '../validate/prediction-writer.ts';

/** The writers of one parser thread, one per kind of event. */
export type Writers = { prediction: PredictionWriter; feedback: FeedbackWriter };
