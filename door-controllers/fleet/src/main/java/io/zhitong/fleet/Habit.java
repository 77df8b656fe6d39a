package io.zhitong.fleet;

import java.util.SplittableRandom;
import java.util.function.ObjIntConsumer;

/** How somebody spends the day, seen from the doors (生活习惯): at what hours he taps at the gate and at his house. */
enum Habit {
    /** Leaves in the morning, comes back in the evening; some go out once more. */
    COMMUTER {
        @Override
        void day(SplittableRandom random, ObjIntConsumer<Double> taps) {
            taps.accept(around(random, 8.2, 1.2), GATE);
            double home = around(random, 18.5, 1.8);
            comeHome(home, taps);
            if (random.nextInt(4) == 0) {
                taps.accept(home + 1, GATE);
                comeHome(home + 2.2, taps);
            }
        }
    },
    /** Leaves for school and comes back in the afternoon, nearly to the minute. */
    CHILD {
        @Override
        void day(SplittableRandom random, ObjIntConsumer<Double> taps) {
            taps.accept(around(random, 7.5, 0.3), GATE);
            comeHome(around(random, 16.6, 0.4), taps);
        }
    },
    /** Market in the morning, a walk in the afternoon. */
    ELDER {
        @Override
        void day(SplittableRandom random, ObjIntConsumer<Double> taps) {
            double market = around(random, 8.5, 1.5);
            taps.accept(market, GATE);
            comeHome(market + 1.1, taps);
            comeHome(around(random, 16, 1), taps);
        }
    },
    /** Comes with parcels, and with a credential that nobody registered. */
    COURIER {
        @Override
        void day(SplittableRandom random, ObjIntConsumer<Double> taps) {
            taps.accept(around(random, 13, 5), HOUSE);
        }
    },
    /** A round through all hours of the day. */
    GUARD {
        @Override
        void day(SplittableRandom random, ObjIntConsumer<Double> taps) {
            for (int hour = 0; hour < 24; hour += 2) {
                taps.accept(hour + random.nextDouble(), ROUND);
            }
        }
    };

    /** Where a tap is: the gate of the quarter, the house, wherever the round leads. */
    static final int GATE = 0;

    static final int HOUSE = 1;
    static final int ROUND = 2;
    private static final double LAST_HOUR = 23.99;

    /** Tells hours and places of one day. */
    abstract void day(SplittableRandom random, ObjIntConsumer<Double> taps);

    private static double around(SplittableRandom random, double hour, double spread) {
        return Math.max(0, Math.min(LAST_HOUR, hour + spread * (2 * random.nextDouble() - 1)));
    }

    private static void comeHome(double hour, ObjIntConsumer<Double> taps) {
        taps.accept(Math.min(LAST_HOUR, hour), GATE);
        taps.accept(Math.min(LAST_HOUR, hour + 0.05), HOUSE);
    }
}
