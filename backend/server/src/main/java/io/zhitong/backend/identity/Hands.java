package io.zhitong.backend.identity;

import io.zhitong.backend.audit.Actor;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whose hands the accounts of a community were when something was begun (同一人): an account is its own user's, or, if somebody gave it
 * its password less than {@value #HOURS} hours before that or later, the hand of whoever did, and so on.
 */
public final class Hands {
    static final int HOURS = 72;

    private final List<ConsoleUser> users;
    private final Map<String, String> given;
    private final Map<String, String> made;

    /**
     * @param given by log-in name, whose password somebody else chose too late
     * @param made by log-in name, what was made too late
     */
    Hands(List<ConsoleUser> users, Map<String, String> given, Map<String, String> made) {
        this.users = List.copyOf(users);
        this.given = Map.copyOf(given);
        this.made = Map.copyOf(made);
    }

    public Actor of(Actor account) {
        return new Actor(behind(given, account.name()));
    }

    /**
     * Whether there is but one hand yet that made all accounts with one of these roles, as in a community on its first day. Only who
     * made them counts: nobody becomes the only one by giving the others passwords. Who was disabled still counts.
     */
    public boolean one(Set<Role> roles) {
        return users.stream()
                        .filter(user -> user.roles().stream().anyMatch(roles::contains))
                        .map(user -> behind(made, user.login()))
                        .distinct()
                        .count()
                < 2;
    }

    private static String behind(Map<String, String> by, String login) {
        Set<String> seen = new HashSet<>();
        String hand = login;
        while (by.containsKey(hand) && seen.add(hand)) {
            hand = by.get(hand);
        }
        return hand;
    }
}
