package io.zhitong.backend.wall;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.RunningBackend;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

@BothDatabases
final class DeviceWordsTest {
    private final DeviceWords words;

    DeviceWordsTest(RunningBackend backend) {
        words = backend.bean(DeviceWords.class);
    }

    @Test
    void a_till_that_never_spoke_is_shown_as_such_with_none_of_its_lists_proved() {
        DeviceLine till = line(43, Locale.SIMPLIFIED_CHINESE);
        assertThat(till.up()).isFalse();
        assertThat(till.state()).isEqualTo("未连接过");
        assertThat(till.since()).isEmpty();
        assertThat(till.unsent()).isEqualTo(-1);
        assertThat(till.faults()).isEmpty();
        assertThat(till.lists()).matches("0/[0-9]+");
        assertThat(line(43, Locale.ENGLISH).state()).doesNotContainPattern("\\p{IsHan}");
    }

    @Test
    void devices_stand_in_the_order_of_their_numbers_and_another_community_has_none() {
        List<DeviceLine> lines = words.lines(new CommunityId(1), Locale.CHINA);
        assertThat(lines).extracting(DeviceLine::number).startsWith(42L, 43L);
        assertThat(words.lines(new CommunityId(77), Locale.CHINA)).isEmpty();
    }

    private DeviceLine line(long device, Locale locale) {
        return words.lines(new CommunityId(1), locale).stream()
                .filter(each -> each.number() == device)
                .findFirst()
                .orElseThrow();
    }
}
