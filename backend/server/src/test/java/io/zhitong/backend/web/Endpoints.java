package io.zhitong.backend.web;

import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.boot.webmvc.autoconfigure.error.BasicErrorController;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every endpoint of the running program, as Spring knows them. */
final class Endpoints {
    private Endpoints() {}

    static List<Endpoint> of(RunningBackend backend) {
        Map<RequestMappingInfo, HandlerMethod> all =
                backend.bean(RequestMappingHandlerMapping.class).getHandlerMethods();
        List<Endpoint> found = new ArrayList<>();
        all.forEach((info, handler) -> {
            if (handler.getBeanType() != BasicErrorController.class) {
                Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
                for (String path : info.getPatternValues()) {
                    (methods.isEmpty() ? Set.of(RequestMethod.GET, RequestMethod.POST) : methods)
                            .forEach(method -> found.add(new Endpoint(method, path, handler)));
                }
            }
        });
        return found;
    }

    /** What came back. */
    record Answer(int status, String body) {}

    record Endpoint(RequestMethod method, String path, HandlerMethod handler) {
        Set<Role> allowed() {
            Allowed onMethod = handler.getMethodAnnotation(Allowed.class);
            Allowed onType = handler.getBeanType().getAnnotation(Allowed.class);
            Allowed allowed = onMethod != null ? onMethod : onType;
            return allowed == null ? Set.of() : Set.of(allowed.value());
        }

        /** Names of the fields that its form or query has. */
        List<String> fields() {
            return Arrays.stream(handler.getMethodParameters())
                    .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                    .map(Endpoint::name)
                    .toList();
        }

        /** Arguments of the JDK's plain types that nothing is said about: absent, they would arrive as null. */
        List<String> unmarked() {
            return Arrays.stream(handler.getMethodParameters())
                    .filter(parameter -> parameter.getParameterAnnotations().length == 0)
                    .filter(parameter -> plain(parameter.getParameterType()))
                    .map(Endpoint::name)
                    .toList();
        }

        private static boolean plain(Class<?> type) {
            return type.isPrimitive()
                    || type.getName().startsWith("java.lang.")
                    || type.getName().startsWith("java.math.")
                    || type.getName().startsWith("java.time.Local")
                    || type == java.util.UUID.class;
        }

        private static String name(MethodParameter parameter) {
            return Optional.ofNullable(parameter.getParameter().getName()).orElse("");
        }

        /** Calls it with 1 in its path and nothing in its form. */
        Answer call(Browser browser) {
            return call(browser, "1", field -> Optional.empty());
        }

        /** Calls it with that text in its path and the fields that have a value. */
        Answer call(Browser browser, String inPath, Function<String, Optional<String>> value) {
            String target = path.replaceAll("\\{[^}]+}", inPath);
            Map<String, String> form = new HashMap<>();
            fields().forEach(field -> value.apply(field).ifPresent(text -> form.put(field, text)));
            if (method != RequestMethod.GET) {
                return answer(browser.post(target, form));
            }
            String query = form.isEmpty() ? target : target + "?" + Browser.encode(form);
            if (target.endsWith("/stream")) {
                var answer = browser.stream(query);
                answer.body().close();
                return new Answer(answer.statusCode(), "");
            }
            return answer(browser.get(query));
        }

        private static Answer answer(java.net.http.HttpResponse<String> response) {
            return new Answer(response.statusCode(), response.body());
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }
}
