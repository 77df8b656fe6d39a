package io.zhitong.backend.web;

import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointId;
import io.zhitong.cardspec.CredentialNumber;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

/** Chinese first, English by {@code ?lang=en}, remembered in a cookie. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {
    private static final String LIBRARIES = "/webjars/**";

    /**
     * Only links to libraries are completed, by their version. By default every link of a page is looked for as a file, in each
     * jar: a third of a page's time.
     */
    @Bean
    SmartInitializingSingleton linksToComplete(
            ResourceUrlProvider links, @Qualifier("resourceHandlerMapping") HandlerMapping files) {
        return () -> {
            if (files instanceof AbstractUrlHandlerMapping mapping
                    && mapping.getHandlerMap().get(LIBRARIES) instanceof ResourceHttpRequestHandler libraries) {
                links.setHandlerMap(Map.of(LIBRARIES, libraries));
            } else {
                throw new IllegalStateException("no libraries are served under " + LIBRARIES);
            }
        };
    }

    @Bean
    LocaleResolver localeResolver() {
        CookieLocaleResolver resolver = new CookieLocaleResolver("lang") {
            @Override
            protected Locale parseLocaleValue(String text) {
                return translated(text);
            }
        };
        resolver.setDefaultLocale(Locale.SIMPLIFIED_CHINESE);
        resolver.setCookieMaxAge(Duration.ofDays(365));
        resolver.setCookieSameSite("Lax");
        resolver.setRejectInvalidCookies(false);
        return resolver;
    }

    /** What is no device, point or number is a bad request before any page sees it. */
    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, DeviceId.class, text -> new DeviceId(Long.parseLong(text.strip())));
        registry.addConverter(String.class, PointId.class, text -> new PointId(Integer.parseInt(text.strip())));
        registry.addConverter(String.class, CredentialNumber.class, CredentialNumber::parse);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        LocaleChangeInterceptor change = new LocaleChangeInterceptor() {
            @Override
            protected Locale parseLocaleValue(String text) {
                return translated(text);
            }
        };
        change.setParamName("lang");
        registry.addInterceptor(change);
    }

    /** Whatever is asked for, a page is in a language it has, and says so in its {@code lang}. */
    private static Locale translated(String text) {
        return text.startsWith("en") ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE;
    }
}
