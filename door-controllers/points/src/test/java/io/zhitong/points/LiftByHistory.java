package io.zhitong.points;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Which floors a lift lets, told from all that ever happened to it, without any state: the second opinion. */
final class LiftByHistory {

    private record Entry(long at, LiftInput input) {}

    private final List<Entry> entries = new ArrayList<>();

    void add(long at, LiftInput input) {
        entries.add(new Entry(at, input));
    }

    private boolean last(long now, Class<? extends LiftInput> on, List<Class<? extends LiftInput>> off) {
        boolean answer = false;
        for (Entry entry : entries) {
            if (entry.at() <= now && on.isInstance(entry.input())) {
                answer = true;
            } else if (entry.at() <= now && off.stream().anyMatch(type -> type.isInstance(entry.input()))) {
                answer = false;
            }
        }
        return answer;
    }

    boolean burns() {
        boolean burns = false;
        for (Entry entry : entries) {
            if (entry.input() instanceof LiftInput.Fire fire) {
                burns = fire.burning();
            }
        }
        return burns;
    }

    boolean free(long now) {
        return last(now, LiftInput.Free.class, List.of(LiftInput.Normal.class, LiftInput.Secure.class));
    }

    /** @param calls whether this lift lets nobody by a right, for it only calls */
    TreeSet<Integer> floors(long now, boolean calls) {
        TreeSet<Integer> floors = new TreeSet<>();
        boolean burning = false;
        for (Entry entry : entries) {
            LiftInput input = entry.input();
            if (input instanceof LiftInput.Fire fire) {
                burning = fire.burning();
            }
            if (burning || input instanceof LiftInput.Secure) {
                floors.clear();
            } else if (input instanceof LiftInput.Ride ride && !calls && entry.at() + ride.millis() > now) {
                ride.floors().numbers().forEach(floors::add);
            } else if (input instanceof LiftInput.Visit visit && entry.at() + visit.millis() > now) {
                visit.floors().numbers().forEach(floors::add);
            } else if (input instanceof LiftInput.Anywhere all && entry.at() + all.millis() > now) {
                for (int floor = 0; floor < 512; floor++) {
                    floors.add(floor);
                }
            }
        }
        return floors;
    }
}
