import { useTranslations } from 'next-intl';

export function useSecretWords() {
  const t = useTranslations('secret');
  return { copy: t('copy'), copied: t('copied'), notCopied: t('notCopied'), done: t('done') };
}
