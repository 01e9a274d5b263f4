/** One live event of the demo, and the truth that will become known of it. */
export type DemoEvent = { prediction: Record<string, unknown>; truth: Record<string, unknown> };

/** What the makers draw from: uniform and normal numbers, the hour, and whether the model is being broken. */
export type DemoDice = { uniform: () => number; normal: () => number; isBroken: boolean };

type Weighted = readonly (readonly [value: string, upTo: number])[];

const pick = (dice: DemoDice, table: Weighted): string => {
  const u = dice.uniform();
  return (table.find(([, upTo]) => u < upTo) ?? table[table.length - 1])[0];
};
const round = (x: number, digits: number): number => Math.round(x * 10 ** digits) / 10 ** digits;
const within = (low: number, x: number, high: number): number => Math.min(high, Math.max(low, x));
const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

function ageBand(age: number): string {
  if (age < 30) return '18-29';
  if (age < 45) return '30-44';
  return age < 60 ? '45-59' : '60+';
}

/** The same distributions as `sql/demo/credit-risk-predictions.sql` has today; broken, applicants are deep in debt. */
export function creditRiskEvent(dice: DemoDice): DemoEvent {
  const { uniform, normal, isBroken } = dice;
  const channel = pick(dice, [
    ['web', 0.55],
    ['mobile', 0.9],
    ['branch', 1],
  ]);
  const region = pick(dice, [
    ['north', 0.35],
    ['south', 0.65],
    ['east', 0.85],
    ['west', 1],
  ]);
  const age = 18 + Math.floor(62 * uniform() ** 1.35);
  const income = round(42_000 * Math.exp(0.42 * normal()), 2);
  const debtRatio = round(within(0.01, (isBroken ? 0.62 : 0.35) + 0.13 * normal(), 0.95), 4);
  const employmentYears = round(Math.min(45, -7 * Math.log(1 - uniform())), 1);
  const latePayments = Number(
    pick(dice, [
      ['0', 0.62],
      ['1', 0.85],
      ['2', 0.95],
      ['3', 0.985],
      ['4', 1],
    ]),
  );
  const utilisation = round(isBroken ? within(0, 0.8 + 0.1 * normal(), 1) : uniform() ** 1.3, 4);
  const trueOdds =
    -2 +
    3.4 * (utilisation - 0.43) +
    4 * (debtRatio - 0.35) +
    0.8 * (latePayments - 0.6) -
    0.35 * Math.log(income / 42_000) -
    0.05 * (employmentYears - 7);
  const score = round(logistic(1.6 * (trueOdds + (region === 'south' ? 1.4 : 0)) + 0.6), 2);
  const features = {
    // The unit bug of the history goes on: the web channel sends cents.
    income: channel === 'web' ? income * 100 : income,
    age,
    debt_ratio: debtRatio,
    employment_years: employmentYears,
    loan_amount: Math.round(Math.exp(9.2 + 0.6 * normal()) / 100) * 100,
    late_payments: latePayments,
    open_accounts: 1 + Math.floor(9 * uniform()),
    utilisation,
    months_since_enquiry: Math.floor(60 * uniform()),
    purpose: pick(dice, [
      ['car', 0.3],
      ['home', 0.55],
      ['study', 0.7],
      ['business', 0.8],
      ['other', 1],
    ]),
    has_mortgage: uniform() < 0.4,
  };
  const sensitive = { sex: uniform() < 0.48 ? 'F' : 'M', age_band: ageBand(age), region };
  return {
    prediction: {
      model: 'credit-risk',
      modelVersion: '3.2.0',
      features,
      prediction: { score, label: score >= 0.35 ? 'default' : 'repaid' },
      latencyMs: round(6 + 5 * Math.exp(0.5 * normal()), 2),
      segments: { channel },
      sensitive,
    },
    truth: { model: 'credit-risk', label: uniform() < logistic(trueOdds) ? 'default' : 'repaid' },
  };
}

/** As `sql/demo/demand-predictions.sql` today: warmer than the reference, and harmless; broken, a heat wave meets old lags. */
export function demandEvent(dice: DemoDice): DemoEvent {
  const { uniform, normal, isBroken } = dice;
  const hour = Math.floor(24 * uniform());
  const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][Math.floor(7 * uniform())];
  const isHoliday = uniform() < 0.03;
  const promo = uniform() < 0.2;
  const price = round(9.5 + 1.2 * normal(), 2);
  const temperature = round(21 + (isBroken ? 14 : 0) + 4 * Math.sin(((hour - 9) / 24) * 2 * Math.PI) + 4 * normal(), 1);
  const expected =
    220 +
    80 * Math.sin(((hour - 7) / 24) * 2 * Math.PI) +
    (weekday.startsWith('S') ? 35 : 0) +
    (isHoliday ? 50 : 0) +
    (promo ? 40 : 0) -
    6 * (price - 9.5) +
    0.8 * (temperature - 12);
  const features = {
    temperature,
    hour,
    price,
    stock: isBroken ? Math.floor(40 * uniform()) : Math.floor(150 + 250 * uniform()),
    lag_24h: round(expected + 18 * normal(), 1),
    lag_168h: round(expected + 14 * normal(), 1),
    weekday,
    is_holiday: isHoliday,
    promo,
  };
  return {
    prediction: {
      model: 'demand',
      modelVersion: '2026.10',
      features,
      prediction: { value: round(expected + 5 * normal(), 1) },
      latencyMs: round(3 + 2 * Math.exp(0.4 * normal()), 2),
      segments: {
        store: pick(dice, [
          ['city', 0.5],
          ['mall', 0.8],
          ['rural', 1],
        ]),
      },
    },
    truth: { model: 'demand', value: round(expected + (isBroken ? 60 : 0) + 12 * normal(), 1) },
  };
}

const classes = ['self_care', 'practice', 'urgent', 'emergency', 'resuscitation'];
const classShares = [0.38, 0.34, 0.195, 0.075, 0.01];

/** As `sql/demo/triage-predictions.sql`; broken, a wave of fever comes in. */
export function triageEvent(dice: DemoDice): DemoEvent {
  const { uniform, normal, isBroken } = dice;
  const urgency = Number(
    pick(dice, [
      ['0', 0.38],
      ['1', 0.72],
      ['2', 0.915],
      ['3', 0.99],
      ['4', 1],
    ]),
  );
  const look = urgency + 0.55 * normal();
  const weights = classShares.map((share, i) => share * Math.exp(-((look - i) ** 2) / 0.605));
  const total = weights.reduce((sum, w) => sum + w, 0);
  const shares = weights.map((w) => round(w / total, 6));
  const features = {
    heart_rate: Math.round(74 + (isBroken ? 18 : 0) + 9 * urgency + 12 * normal()),
    temperature: round(36.8 + (isBroken ? 1.6 : 0) + 0.25 * urgency + 0.5 * normal(), 1),
    age: Math.floor(95 * uniform()),
    spo2: Math.round(Math.min(100, 98.2 - 1.6 * urgency + 1.2 * normal())),
    pain: within(0, Math.round(2 + 1.4 * urgency + 1.5 * normal()), 10),
    duration_h: round(-20 * Math.log(1 - uniform()), 1),
    symptom: ['rash', 'cough', 'abdominal pain', 'chest pain', 'injury', 'other'][Math.floor(6 * uniform())],
    arrival: uniform() < 0.1 + 0.2 * urgency ? 'ambulance' : 'walk-in',
  };
  return {
    prediction: {
      model: 'triage',
      modelVersion: '1.4.2',
      features,
      prediction: {
        label: classes[shares.indexOf(Math.max(...shares))],
        scores: Object.fromEntries(classes.map((name, i) => [name, shares[i]])),
      },
      latencyMs: round(12 + 6 * Math.exp(0.5 * normal()), 2),
      segments: {
        site: pick(dice, [
          ['central', 0.5],
          ['harbour', 0.8],
          ['north', 1],
        ]),
      },
      sensitive: { sex: uniform() < 0.5 ? 'F' : 'M' },
    },
    truth: { model: 'triage', label: classes[urgency] },
  };
}
