"""Change detectors of river: the indices of their alarms over a stream."""
from river import drift
from river.drift import binary


def alarms(make):
    def scan(data):
        detector, found = make(data), []
        for i, x in enumerate(data["stream"]):
            detector.update(x)
            if detector.drift_detected:
                found.append(i)
        return found

    return scan


measures = {
    "stream": {
        "adwin": alarms(lambda d: drift.ADWIN()),
        "page_hinkley": alarms(lambda d: drift.PageHinkley(threshold=d["limit"], mode="up")),
        "page_hinkley_unfaded": alarms(lambda d: drift.PageHinkley(threshold=d["limit"], alpha=1.0, mode="both")),
        "page_hinkley_both": alarms(lambda d: drift.PageHinkley(threshold=d["limit"], mode="both")),
    },
    "errors": {
        "ddm": alarms(lambda d: binary.DDM()),
        "hddm_a": alarms(lambda d: binary.HDDMA()),
        "hddm_w": alarms(lambda d: binary.HDDMW()),
    },
}
