//! The words that mean something in a page, in the languages that need no `[words]` table. English always works beside
//! them.

use super::Words;

/// One language: its code, and for each key of `[words]` its words, in the order of [`Words`].
type Language = (&'static str, [&'static str; 12]);

/// In the order of their codes.
const LANGUAGES: &[Language] = &[
    (
        "de",
        [
            "hängt zusammen|hängen zusammen|verbindet|verbunden|verwandt|überschneidet sich|überlappt|baut auf|ähnelt|teilt",
            "weil|da|denn|durch|mit|in|bei|wo|dass",
            "unterscheidet sich|unterscheiden sich|anders|unterschied",
            "wenn|falls|sobald",
            "sag|sage|sagen|sagen sie",
            "prüfe|prüfen|prüfung",
            "statt|anstatt|anstelle von",
            "formel",
            "beispiel",
            "warnung|vorsicht",
            "mythos|irrtum",
            "tatsächlich|tatsache|in wirklichkeit",
        ],
    ),
    (
        "es",
        [
            "conecta|conectado|relacionado|se relaciona|coincide|enlaza|se basa en|contrasta|comparte",
            "porque|ya que|por|con|en|donde|como",
            "se diferencia|difiere|diferente|se distingue",
            "cuando|si|en cuanto",
            "di|decir|diga",
            "comprueba|comprobar",
            "en lugar de|en vez de",
            "fórmula",
            "ejemplo",
            "advertencia|cuidado",
            "mito",
            "en realidad|realidad|de hecho",
        ],
    ),
    (
        "fr",
        [
            "lié|liée|est lié|relié|rejoint|recoupe|s'appuie sur|contraste|partage|ressemble",
            "parce que|parce qu'|car|puisque|par|avec|dans|en|où|comme",
            "diffère|différent|différente|se distingue",
            "quand|lorsque|si|dès que",
            "dire|dites",
            "vérifier|vérifiez",
            "au lieu de|plutôt que",
            "formule",
            "exemple",
            "attention|avertissement",
            "mythe|idée reçue",
            "en fait|en réalité|réalité",
        ],
    ),
    (
        "it",
        [
            "collegato|collegata|si collega|legato|correlato|si sovrappone|si basa su|contrasta|condivide",
            "perché|poiché|per|con|in|dove|come",
            "differisce|si differenzia|diverso|diversa|si distingue",
            "quando|se|appena",
            "di'|dire",
            "verifica|verificare",
            "invece di|anziché",
            "formula",
            "esempio",
            "attenzione|avvertenza",
            "mito",
            "in realtà|realtà|di fatto",
        ],
    ),
    (
        "nl",
        [
            "hangt samen|verbonden|verbindt|verwant|overlapt|bouwt op|lijkt op|deelt",
            "omdat|want|doordat|door|met|in|bij|waar",
            "verschilt|verschillend|anders|verschil",
            "als|wanneer|zodra",
            "zeg|zeggen",
            "controleer|controleren",
            "in plaats van",
            "formule",
            "voorbeeld",
            "waarschuwing|let op",
            "mythe",
            "in werkelijkheid|feit|eigenlijk",
        ],
    ),
    (
        "pt",
        [
            "conecta|conectado|liga|ligado|relacionado|relaciona-se|sobrepõe-se|baseia-se em|contrasta|partilha|compartilha",
            "porque|pois|já que|por|com|em|onde|como",
            "difere|diferente|distingue-se|diferencia-se",
            "quando|se|assim que",
            "diga|dizer",
            "verifique|verificar",
            "em vez de|em lugar de",
            "fórmula",
            "exemplo",
            "aviso|atenção",
            "mito",
            "na verdade|na realidade|de facto|de fato",
        ],
    ),
];

impl Words {
    /// Add the words of a language, by its tag; those without a table here need `[words]`.
    pub(super) fn add_language(&mut self, tag: &str) {
        let code = tag.split('-').next().unwrap_or(tag).to_ascii_lowercase();
        let Some((_, table)) = LANGUAGES.iter().find(|(known, _)| *known == code) else { return };
        for (list, words) in self.lists().into_iter().zip(table) {
            let words: Vec<&str> = words.split('|').filter(|word| list.iter().all(|known| known != word)).collect();
            list.extend(words.into_iter().map(str::to_owned));
        }
    }

    /// Its lists, in the order of the keys of `[words]`.
    fn lists(&mut self) -> [&mut Vec<String>; 12] {
        [
            &mut self.connects,
            &mut self.joining,
            &mut self.differs,
            &mut self.when,
            &mut self.say,
            &mut self.check,
            &mut self.instead,
            &mut self.formula,
            &mut self.example,
            &mut self.warning,
            &mut self.myth,
            &mut self.fact,
        ]
    }
}
