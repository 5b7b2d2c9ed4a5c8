import { latinNames, names, personName, writersOfLine } from "./facts/byline-authors.ts";

/** What stands between names beyond doubt; blanks may stand within one. */
const LIST_MARK = /[、，,;；&|｜丨/／،؛]/u;
/** Those of nine in ten Chinese. */
const SURNAMES =
  "王李张張刘劉陈陳杨楊黄黃赵趙周吴吳徐孙孫朱马馬胡郭林何高梁郑鄭罗羅宋谢謝唐韩韓曹许許邓鄧萧蕭冯馮曾程蔡彭潘袁于董余苏蘇叶葉吕呂魏蒋蔣田杜丁沈姜范江傅钟鐘卢盧汪戴崔任陆陸廖姚方金邱夏谭譚韦韋贾賈邹鄒石熊孟秦阎閻薛侯雷白龙龍段郝孔邵史毛常万萬顾顧赖賴武康贺賀严嚴尹钱錢施牛洪龚龔汤湯陶黎温莫易樊乔喬文安殷颜顏庄莊章鲁魯倪庞龐邢俞翟蓝藍聂聶齐齊向申葛柴伍覃骆駱关關焦柳欧歐祝纪紀尚毕畢耿芦左季管符辛苗詹曲靳祁路涂兰蘭甘裴梅童翁霍游阮尤岳柯牟滕谷舒卜成饶饒宁寧凌盛查单單冉鲍鮑华華包屈房喻解蒲卫衛简簡时時连連车車项項闵閔邬鄔吉党";
const ADDRESS = /[<(（]?\s{0,9}[^\s<>()（）]{1,200}@[^\s<>()（）]{1,200}\s{0,9}[>)）]?/gu;

/**
 * The people that a text in the header names, as a byline would name them: without roles, each in its one spelling. What is not
 * certainly several names is one, as it was written.
 */
export function headerAuthors(written: string): readonly string[] {
  const text = written
    .replaceAll(ADDRESS, " ")
    .trim()
    .replace(/^\(([^()]*)\)$/u, "$1");
  if (text === "") return [personName(written)];
  const signed = writersOfLine(text);
  if (signed.length > 0) return signed;
  const latin = latinNames(text.replace(/^by\s+/iu, ""));
  if (latin.length > 0) return latin;
  const found = /[\p{Script=Han}\p{Script=Hangul}]/u.test(text) ? names(text) : [];
  const isList = LIST_MARK.test(text) || found.every((name) => SURNAMES.includes(name.charAt(0)));
  if (found.length > 0 && (found.length === 1 || isList)) return found;
  const parts = text.split(/[،؛]/u).map(personName).filter(Boolean);
  return parts.length > 0 ? parts : [personName(text)];
}
