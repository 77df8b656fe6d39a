package io.zhitong.backend.setup;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.Community;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A community as typed (新小区). Its number and city code go into the keys of its cards and never change.
 *
 * @param number 8 digits
 * @param city 4 digits
 */
public record NewCommunity(String name, String number, String city) {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} .·（）()-]{0,59}");

    public NewCommunity {
        name = name.strip();
        number = number.strip();
        city = city.strip();
    }

    /** The first thing that is wrong with it. */
    public Optional<SetupProblem> problem() {
        if (!NAME.matcher(name).matches()) {
            return Optional.of(SetupProblem.COMMUNITY);
        }
        if (!number.matches("[1-9][0-9]{7}")) {
            return Optional.of(SetupProblem.NUMBER);
        }
        return city.matches("[0-9]{4}") ? Optional.empty() : Optional.of(SetupProblem.CITY);
    }

    Community as(CommunityId id) {
        return new Community(id, Integer.parseInt(number), name, city, ZoneId.of("Asia/Shanghai"), LocalTime.MIDNIGHT);
    }
}
