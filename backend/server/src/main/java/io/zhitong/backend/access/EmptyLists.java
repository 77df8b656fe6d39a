package io.zhitong.backend.access;

import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.backend.devices.DeviceListSource;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Schedules and holidays of door controllers: no community has any of its own yet, so the signed lists say "none", which is
 * something else than no list (时段与节假日名单).
 */
@Configuration(proxyBeanMethods = false)
class EmptyLists {
    @Bean
    DeviceListSource scheduleList() {
        return new Empty(ListKind.SCHEDULES);
    }

    @Bean
    DeviceListSource holidayList() {
        return new Empty(ListKind.HOLIDAYS);
    }

    private record Empty(ListKind kind) implements DeviceListSource {
        @Override
        public boolean serves(DeviceRow device) {
            return device.kind() == DeviceKind.CONTROLLER;
        }

        @Override
        public List<ListRecord> records(DeviceRow device) {
            return List.of();
        }
    }
}
