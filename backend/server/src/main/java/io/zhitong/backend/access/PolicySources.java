package io.zhitong.backend.access;

import io.zhitong.accessmodel.ListKind;
import io.zhitong.backend.devices.DeviceListSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which lists the policy makes (策略名单来源). */
@Configuration(proxyBeanMethods = false)
class PolicySources {
    @Bean
    DeviceListSource accessList(CompilerDesk desk) {
        return new PolicyLists(ListKind.ACCESS, desk);
    }

    @Bean
    DeviceListSource groupList(CompilerDesk desk) {
        return new PolicyLists(ListKind.GROUPS, desk);
    }

    @Bean
    DeviceListSource scheduleList(CompilerDesk desk) {
        return new PolicyLists(ListKind.SCHEDULES, desk);
    }

    @Bean
    DeviceListSource holidayList(CompilerDesk desk) {
        return new PolicyLists(ListKind.HOLIDAYS, desk);
    }

    @Bean
    DeviceListSource pointList(CompilerDesk desk) {
        return new PolicyLists(ListKind.POINTS, desk);
    }

    @Bean
    DeviceListSource floorList(CompilerDesk desk) {
        return new PolicyLists(ListKind.FLOORS, desk);
    }

    @Bean
    DeviceListSource areaList(CompilerDesk desk) {
        return new PolicyLists(ListKind.AREAS, desk);
    }

    @Bean
    DeviceListSource pinList(CompilerDesk desk) {
        return new PolicyLists(ListKind.PINS, desk);
    }

    @Bean
    DeviceListSource wiringList(CompilerDesk desk) {
        return new PolicyLists(ListKind.WIRING, desk);
    }
}
