//! Headings of translated pages that carry no anchor: the key that they have in English.
//!
//! In goes the key that the words of a heading make, out comes the one of the English page. Only
//! the headings of the format itself are known; the others keep their words.

/// The English key of a section that is called `key`.
pub(super) fn section_key(key: &str) -> Option<String> {
    if let Ok(at) = SECTIONS.binary_search_by(|(known, _)| (*known).cmp(key)) {
        return Some(SECTIONS[at].1.to_owned());
    }
    // Examples are numbered and named: `Ejemplo 1: ...`
    let (first, rest) = key.split_once('-')?;
    match SECTIONS.binary_search_by(|(known, _)| (*known).cmp(first)) {
        Ok(at) if SECTIONS[at].1.starts_with("example") => {
            return Some(format!("{}-{rest}", SECTIONS[at].1));
        }
        _ => {}
    }
    if let Some(name) = ["valores-de-", "valores-do-", "valores-da-", "valores-", "valeurs-de-"]
        .iter()
        .find_map(|prefix| key.strip_prefix(prefix))
    {
        return Some(format!("{name}-values"));
    }
    ["-werte", "-の値", "-値", "-值"]
        .iter()
        .find_map(|suffix| key.strip_suffix(suffix))
        .map(|name| format!("{name}-values"))
}

/// The English key of a page that is called `key`: `tipo-de-recurso-note` is `note-resource-type`.
pub(super) fn title_key(key: &str) -> Option<String> {
    const ENUMERATIONS: [&str; 9] = [
        "tipo-de-enumeração-",
        "tipo-de-enumeración-",
        "tipo-de-enumerado-",
        "tipo-enum-",
        "tipo-de-enum-",
        "type-dénumération-",
        "type-d-énumération-",
        "type-enum-",
        "тип-перечисления-",
    ];
    const RESOURCES: [&str; 8] = [
        "tipo-de-recurso-do-",
        "tipo-de-recurso-de-",
        "tipo-de-recurso-",
        "tipo-do-recurso-",
        "tipo-di-risorsa-",
        "type-de-ressource-",
        "type-de-la-ressource-",
        "тип-ресурса-",
    ];
    const ENUMERATION_ENDS: [&str; 8] = [
        "-enumerationstyp",
        "-enumerationtyp",
        "-enum-typ",
        "-列挙型",
        "列挙型",
        "-枚举类型",
        "枚举类型",
        "-列挙の種類",
    ];
    const RESOURCE_ENDS: [&str; 7] = [
        "-ressourcentyp",
        "-リソースの種類",
        "リソースの種類",
        "-リソース型",
        "リソース型",
        "-资源类型",
        "资源类型",
    ];
    let stripped = |prefixes: &[&str], suffixes: &[&str]| {
        let behind = prefixes.iter().find_map(|prefix| key.strip_prefix(prefix));
        behind
            .or_else(|| suffixes.iter().find_map(|suffix| key.strip_suffix(suffix)))
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
    };
    if let Some(name) = stripped(&ENUMERATIONS, &ENUMERATION_ENDS) {
        return Some(format!("{name}-enum-type"));
    }
    stripped(&RESOURCES, &RESOURCE_ENDS).map(|name| format!("{name}-resource-type"))
}

/// The headings of the format, by their words in other languages, sorted.
const SECTIONS: &[(&str, &str)] = &[
    ("anforderung", "request"),
    ("anforderungsheader", "request-headers"),
    ("anforderungskörper", "request-body"),
    ("anforderungstext", "request-body"),
    ("antwort", "response"),
    ("autorisations", "permissions"),
    ("autorizzazioni", "permissions"),
    ("beispiel", "example"),
    ("beispiele", "examples"),
    ("berechtigungen", "permissions"),
    ("beziehungen", "relationships"),
    ("cabeçalhos-da-solicitação", "request-headers"),
    ("cabeçalhos-de-solicitação", "request-headers"),
    ("conditions-préalables", "prerequisites"),
    ("corpo-da-solicitação", "request-body"),
    ("corpo-de-solicitação", "request-body"),
    ("corps-de-demande", "request-body"),
    ("corps-de-la-demande", "request-body"),
    ("corps-de-la-requête", "request-body"),
    ("cuerpo-de-la-solicitud", "request-body"),
    ("cuerpo-de-solicitud", "request-body"),
    ("demande", "request"),
    ("demande-http", "http-request"),
    ("eigenschaften", "properties"),
    ("ejemplo", "example"),
    ("ejemplos", "examples"),
    ("elemente", "members"),
    ("en-têtes-de-demande", "request-headers"),
    ("en-têtes-de-la-demande", "request-headers"),
    ("en-têtes-de-requête", "request-headers"),
    ("encabezados-de-la-solicitud", "request-headers"),
    ("encabezados-de-solicitud", "request-headers"),
    ("esempi", "examples"),
    ("esempio", "example"),
    ("exemple", "example"),
    ("exemples", "examples"),
    ("exemplo", "example"),
    ("exemplos", "examples"),
    ("funktionsparameter", "function-parameters"),
    ("http-anforderung", "http-request"),
    ("http-anfrage", "http-request"),
    ("http-запрос", "http-request"),
    ("http-リクエスト", "http-request"),
    ("http-要求", "http-request"),
    ("http-请求", "http-request"),
    ("json-darstellung", "json-representation"),
    ("json-表現", "json-representation"),
    ("json-表示", "json-representation"),
    ("json-表示形式", "json-representation"),
    ("json-表記", "json-representation"),
    ("membres", "members"),
    ("membri", "members"),
    ("membros", "members"),
    ("methoden", "methods"),
    ("metodi", "methods"),
    ("miembros", "members"),
    ("méthodes", "methods"),
    ("métodos", "methods"),
    ("optionale-abfrageparameter", "optional-query-parameters"),
    ("paramètres-de-chemin", "path-parameters"),
    ("paramètres-de-fonction", "function-parameters"),
    ("paramètres-de-requête-facultatifs", "optional-query-parameters"),
    ("paramètres-facultatifs-de-la-requête", "optional-query-parameters"),
    ("parámetros-de-consulta-opcionales", "optional-query-parameters"),
    ("parámetros-de-función", "function-parameters"),
    ("parámetros-de-la-función", "function-parameters"),
    ("parámetros-de-ruta", "path-parameters"),
    ("parámetros-opcionales-de-consulta", "optional-query-parameters"),
    ("parámetros-opcionales-de-la-consulta", "optional-query-parameters"),
    ("parâmetros-da-função", "function-parameters"),
    ("parâmetros-de-caminho", "path-parameters"),
    ("parâmetros-de-consulta-opcionais", "optional-query-parameters"),
    ("parâmetros-de-função", "function-parameters"),
    ("parâmetros-do-caminho", "path-parameters"),
    ("parâmetros-opcionais-da-consulta", "optional-query-parameters"),
    ("parâmetros-opcionais-de-consulta", "optional-query-parameters"),
    ("permisos", "permissions"),
    ("permissões", "permissions"),
    ("petición-http", "http-request"),
    ("pfadparameter", "path-parameters"),
    ("prerequisiti", "prerequisites"),
    ("propiedades", "properties"),
    ("propriedades", "properties"),
    ("proprietà", "properties"),
    ("propriétés", "properties"),
    ("pré-requisitos", "prerequisites"),
    ("rappresentazione-json", "json-representation"),
    ("relacionamentos", "relationships"),
    ("relaciones", "relationships"),
    ("relations", "relationships"),
    ("relazioni", "relationships"),
    ("relações", "relationships"),
    ("representación-json", "json-representation"),
    ("representação-json", "json-representation"),
    ("représentation-json", "json-representation"),
    ("requisitos-previos", "prerequisites"),
    ("requête", "request"),
    ("requête-http", "http-request"),
    ("resposta", "response"),
    ("respuesta", "response"),
    ("richiesta", "request"),
    ("richiesta-http", "http-request"),
    ("risposta", "response"),
    ("réponse", "response"),
    ("solicitação", "request"),
    ("solicitação-http", "http-request"),
    ("solicitud", "request"),
    ("solicitud-http", "http-request"),
    ("voraussetzungen", "prerequisites"),
    ("заголовки-запроса", "request-headers"),
    ("заголовки-запросов", "request-headers"),
    ("запрос", "request"),
    ("запрос-http", "http-request"),
    ("методы", "methods"),
    ("необязательные-параметры-запроса", "optional-query-parameters"),
    ("ответ", "response"),
    ("отклик", "response"),
    ("отношения", "relationships"),
    ("параметры-пути", "path-parameters"),
    ("параметры-функции", "function-parameters"),
    ("представление-json", "json-representation"),
    ("представление-в-формате-json", "json-representation"),
    ("пример", "example"),
    ("примеры", "examples"),
    ("разрешения", "permissions"),
    ("свойства", "properties"),
    ("связи", "relationships"),
    ("текст-запроса", "request-body"),
    ("тело-запроса", "request-body"),
    ("члены", "members"),
    ("элементы", "members"),
    ("アクセス許可", "permissions"),
    ("オプションのクエリ-パラメーター", "optional-query-parameters"),
    ("パス-パラメーター", "path-parameters"),
    ("プロパティ", "properties"),
    ("メソッド", "methods"),
    ("メンバー", "members"),
    ("リレーションシップ", "relationships"),
    ("例", "example"),
    ("先决条件", "prerequisites"),
    ("关系", "relationships"),
    ("函数参数", "function-parameters"),
    ("前提条件", "prerequisites"),
    ("可选查询参数", "optional-query-parameters"),
    ("可选的查询参数", "optional-query-parameters"),
    ("响应", "response"),
    ("属性", "properties"),
    ("必要条件", "prerequisites"),
    ("応答", "response"),
    ("成员", "members"),
    ("方法", "methods"),
    ("权限", "permissions"),
    ("省略可能なクエリ-パラメーター", "optional-query-parameters"),
    ("示例", "example"),
    ("要求", "request"),
    ("要求ヘッダー", "request-headers"),
    ("要求本文", "request-body"),
    ("请求", "request"),
    ("请求头", "request-headers"),
    ("请求标头", "request-headers"),
    ("请求正文", "request-body"),
    ("路径参数", "path-parameters"),
    ("関係", "relationships"),
    ("関数パラメーター", "function-parameters"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(key: &str, expected: Option<&str>) {
        assert_eq!(section_key(key).as_deref(), expected);
    }

    #[test]
    fn sections_are_sorted() {
        assert!(SECTIONS.is_sorted_by(|left, right| left.0 < right.0));
    }

    #[test]
    fn headings_have_english_keys() {
        check("corpo-da-solicitação", Some("request-body"));
        check("ejemplo-2-con-filtro", Some("example-2-con-filtro"));
        check("応答", Some("response"));
        check("valores-color", Some("color-values"));
        check("remarks", None);
    }

    #[test]
    fn titles_have_english_keys() {
        assert_eq!(title_key("tipo-de-recurso-note").as_deref(), Some("note-resource-type"));
        assert_eq!(title_key("color-枚举类型").as_deref(), Some("color-enum-type"));
        assert_eq!(title_key("note-resource-type"), None);
    }
}
