/** Written for the tests. Soft hyphens (here « | ») show where a typesetter may break a word. */
const TEXT = `
Le gar|dien du phare n’avait pas vu d’autre vi|sage que le sien de|puis six se|maines. Cha|que ma|tin, il mon|tait les deux cent qua|rante-trois mar|ches, net|toyait la lan|terne, puis re|des|cen|dait pré|pa|rer son ca|fé.
Un soir d’oc|to|bre, le vent se le|va plus tôt que d’or|di|naire. La mer, jus|que-là pai|sible, se cou|vrit de crê|tes blan|ches ; les mouet|tes avaient dis|paru.
— Qui va là ? cria-t-il en ou|vrant la porte. Est-ce vous, Jean-Mar|tin ?
— C’est moi, ré|pon|dit une voix d’en|fant. Ma bar|que a cha|vi|ré ; puis-je en|trer ?
Il ne sut d’a|bord que dire. Peut-être avait-il rêvé ; peut-être la tem|pête lui jouait-elle un de ses tours. Mais l’en|fant était bien là, trem|blant, les che|veux col|lés au front.
— As-tu faim ? de|man|da-t-il en|fin. Il me reste du pain, du fro|mage et quel|ques pom|mes. As|sieds-toi près du poê|le, et parle-moi de ton vil|lage.
L’en|fant ra|con|ta tout : l’é|cole au bout du che|min creux, la grand-mère qui ne mar|chait plus, le père par|ti en mer au prin|temps et dont on n’avait plus de nou|vel|les. Le gar|dien l’é|cou|tait sans l’in|ter|rom|pre. Il con|nais|sait cette his|toire ; c’é|tait aussi la sienne.
Vers mi|nuit, la pluie ces|sa. On n’en|ten|dait plus que le ba|lan|ce|ment ré|gu|lier de l’hor|loge et, par mo|ments, le cra|que|ment du bois dans le poê|le.
— De|main, dit le gar|dien, je te ra|mè|ne|rai chez toi. Nous pren|drons le ca|not.
— Et la lan|terne ? Qui l’al|lu|me|ra ?
— Elle at|ten|dra. Pour une fois, elle at|ten|dra bien un peu.
`;

/** The paragraphs with their soft hyphens, to be set. */
export const SAMPLE_TO_SET = TEXT.trim().replaceAll('|', '\u00ad').split('\n');

/** The same as the author wrote them. */
export const SAMPLE_PARAGRAPHS = TEXT.trim().replaceAll('|', '').split('\n');
