package io.zhitong.fleet;

import java.util.Locale;

/**
 * What came of a run (运行报告).
 *
 * @param events written by the controllers
 * @param unacknowledged events the backend has not said to have
 * @param notGreeted controllers without a connection at the end of the patience
 * @param missed taps at a controller that was switched off
 * @param wrong decisions other than the story expects
 * @param lost taps without their event in the backend's store
 * @param doubled events in the store beyond the taps
 * @param storeSeen whether the store itself was looked into; of another process there are acknowledgements only
 */
record FleetReport(
        int controllers,
        int credentials,
        long seed,
        double seconds,
        Meters meters,
        long taps,
        long missed,
        long events,
        long unacknowledged,
        long notGreeted,
        long strikes,
        long wrong,
        long lost,
        long doubled,
        boolean storeSeen) {

    /** Everybody connected, everything acknowledged, every tap stored once and decided right. */
    boolean held() {
        return unacknowledged == 0 && notGreeted == 0 && wrong == 0 && lost == 0 && doubled == 0;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%d controllers, %d credentials, %.1f s: %d taps, %d events, %d unacknowledged, %d strikes; lost %d, doubled %d,"
                        + " decided wrong %d (%s): %s",
                controllers,
                credentials,
                seconds,
                taps,
                events,
                unacknowledged,
                strikes,
                lost,
                doubled,
                wrong,
                storeSeen ? "judged by the store" : "judged by acknowledgements",
                held() ? "held 达标" : "NOT HELD 未达标");
    }

    /** One JSON object; times in milliseconds. */
    String json() {
        String counts = String.format(
                Locale.ROOT,
                "  \"controllers\": %d,%n  \"credentials\": %d,%n  \"seed\": %d,%n  \"seconds\": %.3f,%n  \"held\": %b,%n"
                        + "  \"taps\": %d,%n  \"missed\": %d,%n  \"granted\": %d,%n  \"denied\": %d,%n  \"events\": %d,%n"
                        + "  \"connections\": %d,%n  \"listsInstalled\": %d,%n  \"listsRefused\": %d,%n  \"commands\": %d,%n"
                        + "  \"strikes\": %d,%n",
                controllers,
                credentials,
                seed,
                seconds,
                held(),
                taps,
                missed,
                meters.granted.get(),
                meters.denied.get(),
                events,
                meters.connections.get(),
                meters.listsInstalled.get(),
                meters.listsRefused.get(),
                meters.commands.get(),
                strikes);
        String judged = String.format(
                Locale.ROOT,
                "  \"exactlyOnce\": {\"judgedBy\": \"%s\", \"notGreeted\": %d, \"unacknowledged\": %d, \"lost\": %d, \"doubled\":"
                        + " %d, \"decidedWrong\": %d},%n",
                storeSeen ? "store" : "acknowledgements",
                notGreeted,
                unacknowledged,
                lost,
                doubled,
                wrong);
        String times = String.format(
                Locale.ROOT,
                "  \"millis\": {%n    \"connect\": %s,%n    \"decide\": %s,%n    \"acknowledge\": %s%n  }%n",
                meters.connecting.json(),
                meters.deciding.json(),
                meters.acknowledging.json());
        return "{\n" + counts + judged + times + "}\n";
    }
}
