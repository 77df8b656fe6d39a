package io.zhitong.backend.wall;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.RunningBackend;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

@BothDatabases
final class DeviceWordsTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final long SILENT = 9_143;

    private final DeviceWords words;
    private final Estate estate;

    DeviceWordsTest(RunningBackend backend) {
        words = backend.bean(DeviceWords.class);
        estate = backend.bean(Estate.class);
    }

    @Test
    void a_till_that_never_spoke_is_shown_as_such_with_none_of_its_lists_proved() {
        estate.addDevice(new DeviceRow(ONE, new DeviceId(SILENT), DeviceKind.POS, "仓库收款机"));
        DeviceLine till = line(SILENT, Locale.SIMPLIFIED_CHINESE);
        assertThat(till.up()).isFalse();
        assertThat(till.state()).isEqualTo("未连接过");
        assertThat(till.since()).isEmpty();
        assertThat(till.unsent()).isEqualTo(-1);
        assertThat(till.faults()).isEmpty();
        assertThat(till.lists()).matches("0/[0-9]+");
        assertThat(line(SILENT, Locale.ENGLISH).state()).doesNotContainPattern("\\p{IsHan}");
    }

    @Test
    void devices_stand_in_the_order_of_their_numbers_and_another_community_has_none() {
        List<DeviceLine> lines = words.lines(ONE, Locale.CHINA);
        assertThat(lines).extracting(DeviceLine::number).startsWith(42L, 43L);
        assertThat(words.lines(new CommunityId(77), Locale.CHINA)).isEmpty();
    }

    private DeviceLine line(long device, Locale locale) {
        return words.lines(ONE, locale).stream()
                .filter(each -> each.number() == device)
                .findFirst()
                .orElseThrow();
    }
}
