"""What people take with them: the useful tables of a programme as a workbook, CSV and SPSS, and what they mean."""
