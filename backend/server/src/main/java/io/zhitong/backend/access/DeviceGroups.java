package io.zhitong.backend.access;

import io.zhitong.accessmodel.DeviceAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives the groups of a device their numbers (设备人员组编号), 1 … 65535. A number is kept from compile to compile, so that one
 * changed credential changes one record, and is never given to another group: groups and credentials travel in two lists,
 * and a device may hold a new one beside an old one for a moment.
 */
@Component
public class DeviceGroups {
    private static final int MOST = 0xFFFF;

    private final JdbcClient jdbc;

    DeviceGroups(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The numbers of these groups; a new one gets the next.
     *
     * @param contents what makes each group, in words of at most 200 characters
     * @throws IllegalStateException when all numbers are given away
     */
    @Transactional
    public Map<String, Integer> numbers(DeviceAddress device, Collection<String> contents) {
        Map<String, Integer> numbers = known(device);
        int last = numbers.values().stream().mapToInt(number -> number).max().orElse(0);
        for (String content : contents) {
            if (!numbers.containsKey(content)) {
                last++;
                insert(device, content, last);
                numbers.put(content, last);
            }
        }
        return numbers;
    }

    private void insert(DeviceAddress device, String content, int number) {
        if (number > MOST) {
            throw new IllegalStateException(
                    "expected at most " + MOST + " groups of one device in its life, came more");
        }
        jdbc.sql("insert into device_group (community_id, device_number, content, number) values (?, ?, ?, ?)")
                .params(device.community().value(), device.device().value(), content, number)
                .update();
    }

    private Map<String, Integer> known(DeviceAddress device) {
        Map<String, Integer> numbers = new HashMap<>();
        jdbc.sql("select content, number from device_group where community_id = ? and device_number = ?")
                .params(device.community().value(), device.device().value())
                .query(row -> {
                    numbers.put(row.getString(1), row.getInt(2));
                });
        return numbers;
    }
}
