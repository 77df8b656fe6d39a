package io.zhitong.fleet;

import io.zhitong.cardspec.CredentialNumber;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A day in the estate (一日剧本): three credentials make a household, a household has a house door, fifty houses a gate. The same
 * seed tells the same story, on every machine.
 */
final class Story {

    /** A controller's points: house door, garage. */
    static final int POINTS = 2;

    private static final int HOUSEHOLD = 3;
    private static final int HOUSES_A_GATE = 50;
    private static final int PEOPLE_A_GUARD = 100;
    private static final int PEOPLE_A_COURIER = 25;
    /** Numbers no list holds. */
    private static final long STRANGERS = 0x0FFF_0000_0000_0000L;

    private final SplittableRandom random;
    private final int controllers;
    private final List<Tap> taps = new ArrayList<>();

    private Story(long seed, int controllers) {
        random = new SplittableRandom(seed);
        this.controllers = controllers;
    }

    /**
     * Tells a day.
     *
     * @param credentials of the people
     * @param most taps; with fewer than a whole day has, some people stay at home
     */
    static List<Tap> of(long seed, int controllers, List<CredentialNumber> credentials, int most) {
        Story story = new Story(seed, controllers);
        int[] order = story.shuffled(credentials.size());
        for (int i = 0; i < order.length && story.taps.size() < most; i++) {
            story.person(order[i], credentials.get(order[i]));
        }
        return story.taps.stream()
                .limit(most)
                .sorted(Comparator.comparingDouble(Tap::hour))
                .toList();
    }

    private int[] shuffled(int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    private void person(int index, CredentialNumber credential) {
        day(habit(index), index, credential);
        if (index % PEOPLE_A_COURIER == 0) {
            day(Habit.COURIER, index, new CredentialNumber(STRANGERS + index));
        }
    }

    private static Habit habit(int index) {
        if (index % PEOPLE_A_GUARD == PEOPLE_A_GUARD - 1) {
            return Habit.GUARD;
        }
        if (index % HOUSEHOLD == HOUSEHOLD - 1) {
            return Habit.CHILD;
        }
        return index % 7 == 0 ? Habit.ELDER : Habit.COMMUTER;
    }

    private void day(Habit who, int index, CredentialNumber credential) {
        int house = index / HOUSEHOLD % controllers;
        int gate = house / HOUSES_A_GATE * HOUSES_A_GATE;
        who.day(random, (hour, where) -> {
            int controller = where == Habit.GATE ? gate : where == Habit.HOUSE ? house : random.nextInt(controllers);
            taps.add(new Tap(hour, controller, 1 + random.nextInt(10) / 7, credential, who));
        });
    }
}
